// Japanese: what the administrator's policy keeps from being changed, and what is wrong with the policy file.
import type { PolicyFault } from '../../policy.ts';

const faults: Readonly<Record<PolicyFault['kind'], (where: string) => string>> = {
  denied: (where) => `読み取りが許可されていません: ${where}。`,
  'not-json': (where) => `${where} で JSON として正しくありません。`,
  version: () => '「version」は 1 でなければなりません。',
  'unknown-member': (where) => `「${where}」はポリシーにない項目です。`,
  'unknown-option': (where) => `「${where}」の名前のオプションは Docker にありません。`,
  'wrong-type': (where) => `「${where}」の型が正しくありません。`,
  'no-value': (where) => `「${where}」に値がありません。`,
};

export const policy = {
  fault: ({ kind, where }: PolicyFault): string => faults[kind](where),
  locked: (path: string, reason: string | null): string =>
    `このコンピューターの管理者によりロックされています (${path})。${reason ?? ''}`,
};
