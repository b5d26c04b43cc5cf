export class Model {
  kind = 'base';
}
