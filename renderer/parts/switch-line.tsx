// A switch with its title and help, inside of a card: something that goes along with what the card does.
import { Switch } from '../fields/switch.tsx';

type SwitchLineProps = {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
};

export function SwitchLine({ id, title, help, checked, onChange }: SwitchLineProps) {
  return (
    <div className="switch-line">
      <div className="row-words">
        <label className="row-title" htmlFor={id}>
          {title}
        </label>
        <p className="row-help" id={`${id}-help`}>
          {help}
        </p>
      </div>
      <Switch id={id} checked={checked} describedBy={`${id}-help`} onChange={onChange} />
    </div>
  );
}
