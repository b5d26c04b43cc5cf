export default async (input?: unknown) => {
  const before = typeof input;
  await null;
  return { before, after: typeof input };
};
