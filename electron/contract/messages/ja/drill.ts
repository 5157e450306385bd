// Japanese: the rehearsal of a restart, and how a swarm node is defused.
import type { Drill } from '../../drill.ts';
import { formatsFor } from '../format.ts';

const { number, seconds } = formatsFor('ja');

export const drill = {
  title: '予行演習',
  help: '数を数えて出力する小さなコンテナーを起動し、デーモンを再起動して、そのコンテナーが動き続けたかを確かめます。終了後に削除します。ほかのコンテナーが停止する場合は、何も再起動しません。',
  run: '再起動を予行演習',
  running: '予行演習中…',
  sentence({ survived, logGapLines, apiDowntimeMs }: Drill): string {
    if (survived === null) return '再起動の予行演習は最後まで行われませんでした。';
    const gap = `API は ${seconds(apiDowntimeMs)} 秒間応答しませんでした。`;
    if (!survived) return `コンテナーは再起動で停止しました。${gap}`;
    const lines =
      logGapLines === null ? '出力は読み取れませんでした。' : `失われた出力は ${number(logGapLines)} 行です。`;
    return `コンテナーは同じプロセスのまま動き続けました。${lines}${gap}`;
  },
  defuse: 'ライブリストアを無効にする',
};
