// The English sentences of the window, one file per area; one line each, in the order of the alphabet.
import type { Language } from '../language.ts';
import { diagnostics } from './diagnostics.ts';
import { doctor } from './doctor.ts';
import { drill } from './drill.ts';
import { editor } from './editor.ts';
import { audit } from './audit.ts';
import { finding } from './finding.ts';
import { keys } from './keys.ts';
import { packaging } from './packaging.ts';
import { history } from './history.ts';
import { outage } from './outage.ts';
import { plan } from './plan.ts';
import { policy } from './policy.ts';
import { preset } from './preset.ts';
import { problem } from './problem.ts';
import { rights } from './rights.ts';
import { status } from './status.ts';
import { upgrade } from './upgrade.ts';
import { window } from './window.ts';

export const page = {
  language: 'en' as Language,
  diagnostics,
  doctor,
  drill,
  editor,
  audit,
  finding,
  keys,
  packaging,
  history,
  outage,
  plan,
  policy,
  preset,
  problem,
  rights,
  status,
  upgrade,
  window,
};
