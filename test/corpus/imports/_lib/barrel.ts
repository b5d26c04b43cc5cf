export * from './arithmetic.ts';
export { default as renamed } from './arithmetic.ts';
export * as everything from './arithmetic.ts';
