export class Counter {
  static count = 1;
  static last = '';
}
