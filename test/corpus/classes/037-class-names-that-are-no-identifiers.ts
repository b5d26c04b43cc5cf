const registry: Record<string, any> = {
  'content-type': class {
    kind = 'content';
  },
  '404': class {},
  default: class {
    static label = 'default';
  },
};

export default async function main(): Promise<unknown> {
  const made = new registry['content-type']();
  await null;
  return [
    made.kind,
    registry['content-type'].name,
    registry['404'].name,
    registry['default'].name,
    made instanceof registry['content-type'],
    registry['default'].label,
  ];
}
