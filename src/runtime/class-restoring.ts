/** While `active`, constructors and initialisers of durable classes stand still. */
export const restoring = { active: false };
