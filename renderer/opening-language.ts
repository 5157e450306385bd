// The sentences that the page opens with: English here; the build for another language puts that one in its place.
export { page } from '@contract/messages/en/page.ts';
