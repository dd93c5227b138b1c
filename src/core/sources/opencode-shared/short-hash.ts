export { shortHash } from '../../model/short-hash.ts';
