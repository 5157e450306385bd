// A scripted authentication agent for the session it runs in: answers as a file says, and writes down what it was asked.
//   polkit-agent.mjs FOLDER PID   (ends with that process; FOLDER/mode: right, wrong, dismiss, `late MS`, or held until it is another; FOLDER/asked: one JSON line a question)
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dbus from 'dbus-next';

const folder = process.argv[2] ?? '';
const path = '/app/afloat/TestAgent';
const helper = '/usr/lib/polkit-1/polkit-agent-helper-1';
const administrator = 'root2';

const bus = dbus.systemBus();
const cancelled = (): Error => new dbus.DBusError('org.freedesktop.PolicyKit1.Error.Cancelled', 'closed');

/** polkit's own setuid helper asks PAM and tells polkit; the agent only passes the password on. */
function answer(cookie: string, password: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(helper, [administrator], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${cookie}\n`);
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('PAM_PROMPT_ECHO_OFF')) child.stdin.write(`${password}\n`);
    });
    child.on('exit', () => resolve());
  });
}

const modeNow = (): string => readFileSync(join(folder, 'mode'), 'utf8').trim();

class Agent extends dbus.interface.Interface {
  async BeginAuthentication(action: string, message: string, _icon: string, _details: unknown, cookie: string) {
    let mode = modeNow();
    appendFileSync(join(folder, 'asked'), `${JSON.stringify({ action, message })}\n`);
    if (mode === 'dismiss') throw cancelled();
    if (mode.startsWith('late ')) await new Promise((resolve) => setTimeout(resolve, Number(mode.slice(5))));
    for (; mode === 'held'; mode = modeNow()) await new Promise((resolve) => setTimeout(resolve, 50));
    await answer(cookie, mode === 'wrong' ? 'not-the-password' : 'root2-secret');
  }
  CancelAuthentication(_cookie: string): void {
    appendFileSync(join(folder, 'asked'), '{"action":"cancel","message":""}\n');
  }
}
Agent.configureMembers({
  methods: {
    BeginAuthentication: { inSignature: 'sssa{ss}sa(sa{sv})', outSignature: '' },
    CancelAuthentication: { inSignature: 's', outSignature: '' },
  },
});

bus.export(path, new Agent('org.freedesktop.PolicyKit1.AuthenticationAgent'));
const subject = ['unix-session', { 'session-id': new dbus.Variant('s', process.env['XDG_SESSION_ID'] ?? '') }];
await bus.call(
  new dbus.Message({
    destination: 'org.freedesktop.PolicyKit1',
    path: '/org/freedesktop/PolicyKit1/Authority',
    interface: 'org.freedesktop.PolicyKit1.Authority',
    member: 'RegisterAuthenticationAgent',
    signature: '(sa{sv})ss',
    body: [subject, 'en_US.UTF-8', path],
  }),
);
writeFileSync(join(folder, 'agent-ready'), '');
setInterval(() => {
  if (!existsSync(`/proc/${process.argv[3]}`)) process.exit(0);
}, 100);
