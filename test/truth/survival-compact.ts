// Makes records small, and free of the place where they were measured, before they are kept.
import type { RunRecord } from './survival-record.ts';

/** Folders of one run become FOLDER, programs lose their path, ids their last 52 digits. Doing it twice changes nothing. */
export function compacted(record: RunRecord): RunRecord {
  const text = JSON.stringify(record)
    .replaceAll(/\/tmp\/aft-\w{6}/g, 'FOLDER')
    .replaceAll(/"[^"]*\/(containerd-shim[\w-]*)"/g, '"$1"')
    .replaceAll(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1');
  const folded = JSON.parse(text) as RunRecord;
  const inspected = folded.known.inspected.map((document) => without(document, unread));
  return { ...folded, known: { ...folded.known, inspected: inspected as RunRecord['known']['inspected'] } };
}

/** What no verdict reads. */
const unread = new Set(['Driver', 'NetworkID', 'MaximumRetryCount', 'Gateway', 'Config.LogConfig', 'Image']);

function without(value: unknown, keys: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !keys.has(key))
      .map(([key, inner]) => [key, without(inner, keys)]),
  );
}
