import state from './shared-state.ts';
export const readState = () => state;
