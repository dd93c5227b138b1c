/** Conditions that are no conditions: they tell what to do whenever it comes to it. */

/** What to do in doubt is told once. */
export const IN_DOUBT =
  /^(?:and |but |so |please )*(?:if|when|whenever) (?:(?:you(?:'re| are)|ever) )?(?:ever )?(?:in doubt|unsure|not sure|uncertain|something is (?:unclear|ambiguous)|anything is (?:unclear|ambiguous)|unclear)\b.*\b(?:ask|stop|tell|check|choose|pick|say|prefer|wait|don't|do not|never|assume|go)\b/i;
