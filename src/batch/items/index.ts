/** Readers and writers that jobs are made of. Each function takes options and gives a class: for a builder, or for a registry and job XML. */
export { type FixedWidthField } from './fixed-width-layout.ts';
export { type ArtifactClass, type FromContext } from './from-context.ts';
export { ItemsError, MalformedItemError, UnreadableSourceError } from './items-error.ts';
export { csvReader, type CsvReaderOptions } from './read/csv-reader.ts';
export { fixedWidthReader, type FixedWidthReaderOptions } from './read/fixed-width-reader.ts';
export {
  type HttpPage,
  httpPageReader,
  type HttpPageReaderOptions,
  nextByCursor,
  nextByLink,
  nextByNumber,
} from './read/http-page-reader.ts';
export { jsonArrayReader, type JsonArrayReaderOptions } from './read/json-array-reader.ts';
export { jsonLinesReader, type JsonLinesReaderOptions } from './read/json-lines-reader.ts';
export { parquetReader, type ParquetReaderOptions } from './read/parquet-reader.ts';
export { sqlCursorReader, type SqlCursorReaderOptions } from './read/sql-cursor-reader.ts';
export { sqlKeysetReader, type SqlKeysetReaderOptions } from './read/sql-keyset-reader.ts';
export {
  type XmlElement,
  xmlElementReader,
  type XmlElementReaderOptions,
} from './read/xml-element-reader.ts';
export { csvWriter, type CsvWriterOptions } from './write/csv-writer.ts';
export { fixedWidthWriter, type FixedWidthWriterOptions } from './write/fixed-width-writer.ts';
export { jsonArrayWriter, jsonLinesWriter, type JsonWriterOptions } from './write/json-writers.ts';
export { classifierWriter, compositeWriter, type WriterMaker } from './write/several-writers.ts';
export {
  sqlStatementWriter,
  type SqlStatementWriterOptions,
  sqlTableWriter,
  type SqlTableWriterOptions,
} from './write/sql-writer.ts';
export { type XmlOutput, xmlWriter, type XmlWriterOptions } from './write/xml-writer.ts';
