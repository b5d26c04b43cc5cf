import { count as current } from './counter.ts';
export const count = () => current;
