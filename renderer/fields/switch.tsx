// A switch: the native checkbox, said to be one.
type SwitchProps = {
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
  /** Named by the label of its row. */
  readonly id: string;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
};

export const Switch = ({ checked, onChange, id, describedBy, disabled }: SwitchProps) => (
  <input
    type="checkbox"
    role="switch"
    className="switch"
    checked={checked}
    aria-checked={checked}
    disabled={disabled}
    id={id}
    aria-describedby={describedBy}
    onChange={(event) => onChange(event.target.checked)}
  />
);
