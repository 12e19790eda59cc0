import { NotFound } from '@/components/shell/not-found';

export default function WorkspaceNotFound() {
  return <NotFound />;
}
