// Japanese: the presets by name, why one is not for a daemon, and what is wrong with a patch file.
import type { ExportForm } from '../../export-form.ts';
import type { PatchFileFault } from '../../patch-file.ts';
import type { PresetLack, PresetName } from '../../preset.ts';
import { spaced } from '../format.ts';

const names: Readonly<Record<PresetName, readonly [title: string, help: string]>> = {
  'log-rotation': [
    'ログローテーション',
    '新しいコンテナーのログを、際限なく増やさず 10 MB のファイル 3 つまでにします。',
  ],
  'system-proxy': ['システムのプロキシ', 'このシステムの環境変数で指定されたプロキシをデーモンが使います。'],
  'registry-mirror': ['レジストリミラー', 'Docker Hub より先にミラーに問い合わせます。'],
  'address-pools': [
    'アドレスプール',
    '新しいネットワークが、このコンピューターのネットワークや VPN の経路と重ならないようにします。',
  ],
  'ci-host': ['ビルドホスト', '同時転送数を増やし、ビルドキャッシュを 20 GB とし、ログをローテーションします。'],
  'cis-hints': ['CIS の推奨', 'CIS Docker Benchmark がデーモンに求める設定のうち、多くの環境で安全なものです。'],
  policy: ['このコンピューターのポリシー', '管理者のポリシーと異なる設定をポリシーに合わせます。'],
};

const lacks: Readonly<Record<PresetLack, string>> = {
  'other-log-driver': 'このログドライバーはほかのオプションを取るため使えません。',
  'no-proxy-here': 'http_proxy にも https_proxy にもプロキシがありません。',
  'too-old': 'このバージョンのエンジンにはないオプションです。',
  'no-free-range': 'このコンピューターで空いているプライベート範囲がありません。',
  'routes-unknown': 'このコンピューターの経路を確認できません。',
  windows: 'Windows コンテナーには使えません。',
  'no-policy': 'このコンピューターにポリシーはありません。',
  'needs-value': 'ミラーのアドレスを指定してください。',
  done: 'ファイルはすでにそうなっています。',
};

const faults: Readonly<Record<PatchFileFault, (where: string) => string>> = {
  'not-json': (where) => `${where} で JSON として正しくありません。`,
  format: () => '「format」は「afloat-patch」でなければなりません。',
  version: () => '「version」は 1 でなければなりません。',
  'unknown-member': (where) => `「${where}」はパッチにない項目です。`,
  'wrong-type': (where) => `「${where}」の型が正しくありません。`,
  empty: () => '変更が 1 つもありません。',
  'same-place': (where) => `「${where}」はほかの変更と同じ場所、またはその中です。`,
  'set-or-remove': (where) => `「${where}」には「set」か「remove」のどちらか一方が必要です。`,
};

export const preset = {
  section: 'プリセット',
  mirror: 'ミラーのアドレス',
  look: '確認…',
  import: 'パッチを読み込む',
  importHelp: 'ファイルから変更を読み込みます。加える前に内容を確認できます。',
  choose: 'ファイルを選択…',
  export: '編集中の変更を書き出す',
  exportHelp: '同じ変更を、同じ検査と確認を含めて、ほかのホスト用に書き出します。',
  form: 'ファイルの形式',
  save: '保存…',
  take: '編集中の変更に加える',
  imported: '読み込んだパッチ',
  lookAt: (title: string): string => spaced`${title} を確認`,
  forms: {
    patch: 'パッチファイル',
    shell: 'シェルスクリプト',
    ansible: 'Ansible タスク',
    'cloud-init': 'cloud-init',
  } as Readonly<Record<ExportForm, string>>,
  title: (name: PresetName): string => names[name][0],
  help: (name: PresetName): string => names[name][1],
  lack: (lack: PresetLack): string => lacks[lack],
  fault: (fault: PatchFileFault, where: string): string => faults[fault](where),
};
