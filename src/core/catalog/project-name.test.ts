import { expect, it } from 'vitest';
import { projectName } from './project-name.ts';

it('is the base name of the folder', () => {
  expect(projectName('/home/ann/src/shop')).toBe('shop');
  expect(projectName('/home/ann/src/shop/')).toBe('shop');
});

it('is the name of the parent when the folder is named like a branch', () => {
  expect(projectName('/home/ann/src/shop/main')).toBe('shop');
  expect(projectName('/src/shop/default')).toBe('shop');
});

it('reads Windows paths', () => {
  expect(projectName('C:\\Users\\ann\\shop')).toBe('shop');
});

it('is empty when there is no folder, and the branch when there is no parent', () => {
  expect(projectName('')).toBe('');
  expect(projectName('/main')).toBe('main');
});
