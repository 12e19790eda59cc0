import { copied, type SourceReader } from '../source-reader';

/** The legal entity identifier, and who stands at the top of the group as far as GLEIF knows. */
export const identifierReader: SourceReader<'gleif.entity'> = {
  source: 'gleif.entity',
  facts: ({ record, ultimate_parent: parent }) => [
    copied('lei', record.attributes.lei, '$.record.attributes.lei'),
    copied(
      'ultimate_parent',
      parent.record?.attributes.entity.legalName.name,
      '$.ultimate_parent.record.attributes.entity.legalName.name',
    ),
  ],
};

/** How many people the employer has, as a band of its newest return. */
export const payGapReader: SourceReader<'gender_pay_gap.returns'> = {
  source: 'gender_pay_gap.returns',
  facts: ({ returns }) => [copied('employee_band', returns[0]?.size_band, '$.returns[0].size_band')],
};
