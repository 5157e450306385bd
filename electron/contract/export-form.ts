// The forms in which a change goes to other hosts.

export const exportForms = ['patch', 'shell', 'ansible', 'cloud-init'] as const;
export type ExportForm = (typeof exportForms)[number];
