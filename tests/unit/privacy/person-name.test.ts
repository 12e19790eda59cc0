import { describe, expect, it } from 'vitest';
import { withoutName, withoutPeople } from '@/lib/privacy/person-name';

describe('leaving a person out of a text', () => {
  it.each([
    ['SMITH, John Paul', 'John Smith joined the board.', '(name removed) joined the board.'],
    ['John Paul Smith', 'Directors: SMITH, John Paul; JONES, Amy.', 'Directors: (name removed); JONES, Amy.'],
    ['Dr John Smith', 'It names John P. Smith as director.', 'It names (name removed) as director.'],
    ['Ada Fictitious', 'FICTITIOUS, Ada Marigold; Ada Marigold Fictitious.', '(name removed); (name removed).'],
    ['Ada Fictitious', 'Ada met Eve Fictitious and Ada Lovelace.', 'Ada met Eve Fictitious and Ada Lovelace.'],
    ['José Núñez', 'NUNEZ, Jose holds shares.', '(name removed) holds shares.'],
    ['Sean O’Brien', "Sean O'Brien left.", '(name removed) left.'],
  ])('finds %s in "%s"', (name, text, expected) => {
    expect(withoutName(text, name)).toBe(expected);
  });

  it.each(['John Smithson', 'Smith and John', 'Smith Ltd', 'John Baker', 'John Peter Smith'])('leaves "%s"', (text) => {
    expect(withoutName(text, 'John Paul Smith')).toBe(text);
  });

  it.each(['JOHN SMITH LIMITED', 'John Smith & Sons Ltd', 'John Smith (Holdings) plc'])(
    'leaves the company "%s" its name',
    (text) => {
      expect(withoutName(text, 'John Smith')).toBe(text);
    },
  );

  it('leads from an address that names the person to the front page of its site', () => {
    const links = ['https://jars.example/team/john-smith', 'https://jars.example/team/jane-smith', 'https://a b'];
    expect(withoutPeople(links, ['John Smith'])).toEqual(['https://jars.example', links[1], links[2]]);
  });

  it('never takes a single word for a person', () => {
    expect(withoutName('Smith', 'Smith')).toBe('Smith');
  });

  it('leaves the form of a document as it was', () => {
    const document = { id: 'S1', value: [{ name: 'SMITH, John', since: null }], text: 'John Smith', confidence: 0.9 };
    expect(withoutPeople(document, ['John Smith'])).toEqual({
      id: 'S1',
      value: [{ name: '(name removed)', since: null }],
      text: '(name removed)',
      confidence: 0.9,
    });
  });
});
