// A switch: the native checkbox, said to be one.
type SwitchProps = {
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
  readonly labelledBy: string;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
};

export const Switch = ({ checked, onChange, labelledBy, describedBy, disabled }: SwitchProps) => (
  <input
    type="checkbox"
    role="switch"
    className="switch"
    checked={checked}
    disabled={disabled}
    aria-labelledby={labelledBy}
    aria-describedby={describedBy}
    onChange={(event) => onChange(event.target.checked)}
  />
);
