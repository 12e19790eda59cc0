import { NotFound } from '@/components/shell/not-found';

export default function CompanyNotFound() {
  return <NotFound>Companies House has no company with this number. Check the number, or search by name.</NotFound>;
}
