class Model {
  static register(name: string) {
    ((this as any).known ??= []).push(name);
    return this;
  }
}
class User extends Model {}

export default async function main(): Promise<unknown> {
  Model.register('base');
  await null;
  User.register('user');
  await null;
  (User as any).table = 'users';
  await null;
  return [(Model as any).known, Object.hasOwn(User, 'known'), (User as any).table, Object.keys(Model)];
}
