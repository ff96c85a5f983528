import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { at, document, experiment, inEmptyFolders, ISO, place } from '../local.fixture.js';

inEmptyFolders();

describe('files', () => {
  it('are kept with all that is said of them; the same place again replaces them', async () => {
    const source = join(place.root, 'model.bin');
    await writeFile(source, 'weights');
    const exp = experiment();
    await exp.run(async () => {
      const about = { description: 'd', metadata: { epoch: 1 }, bindrs: ['v1'] };
      const saved = await exp.files('models/best', { tags: ['x'] }).save(source, about);
      expect(saved).toEqual({
        id: expect.stringMatching(/^\d{19}$/) as string,
        experimentId: 'digits/ann/digits/cnn/first',
        path: '/models/best',
        filename: 'model.bin',
        ...about,
        tags: ['x'],
        contentType: 'application/octet-stream',
        sizeBytes: 7,
        checksum: createHash('sha256').update('weights').digest('hex'),
        uploadedAt: ISO,
        updatedAt: saved.uploadedAt,
        deletedAt: null,
      });
      expect(document<{ files: object[] }>('files', '.files_metadata.json')).toEqual({ files: [saved] });
      const again = await exp.files('models/best').save(source);
      expect(await exp.files.list()).toEqual([again]);
      expect(readdirSync(at('files', 'models', 'best'))).toEqual([again.id]);
      expect(readFileSync(at('files', 'models', 'best', again.id, 'model.bin'), 'utf8')).toBe('weights');
    });
  });

  it('are made of text, JSON, bytes, figures', async () => {
    const exp = experiment();
    await exp.run(async () => {
      await exp.files('a').saveText('hé', 'text.txt');
      await exp.files('a').save_json({ lr: 0.1, n: Number.NaN }, { to: 'b/config.json' });
      await exp.files.saveBlob(new Blob(['x']), { to: 'blob.bin' });
      await exp.files.save(Uint8Array.of(1, 2), { to: 'bytes.bin' });
      await exp.files('plots').saveFig({ toJSON: () => ({ data: [], layout: {} }) }, 'plot.json');
      await exp.files('plots').saveFig('<svg/>', 'plot.svg');
      expect(await exp.files('a/text.txt').readText()).toBe('hé');
      expect(await exp.files('a/b/config.json').readText()).toBe('{"lr":0.1,"n":NaN}');
      expect(await exp.files('plots/plot.json').readText()).toBe('{"data":[],"layout":{}}');
      const types = Object.fromEntries(
        (await exp.files.list()).map(({ filename, contentType }) => [filename, contentType]),
      );
      expect(types).toMatchObject({
        'text.txt': 'text/plain',
        'plot.svg': 'image/svg+xml',
        'bytes.bin': 'application/octet-stream',
      });
      await expect(exp.files.save({ a: 1 })).rejects.toThrow('Say what the file is called');
      await expect(exp.files.saveJson(() => 1, 'f.json')).rejects.toThrow(TypeError);
      await expect(exp.files.saveFig(3, 'x.json')).rejects.toThrow(TypeError);
      await expect(exp.files.save(join(place.root, 'absent'))).rejects.toThrow('ENOENT');
    });
  });

  it('are listed by folder, tag, bindr and pattern, downloaded, changed, doubled, deleted', async () => {
    const exp = experiment();
    await exp.run(async () => {
      const one = await exp.files('models', { tags: ['best'], bindrs: ['v1'] }).saveText('1', 'one.pt');
      await exp.files('models/old').saveText('2', 'two.pt');
      await exp.files('modelsx').saveText('3', 'three.txt');
      const names = async (files: Promise<{ filename: string }[]>): Promise<string[]> =>
        (await files).map(({ filename }) => filename);
      expect(await names(exp.files('models').list())).toEqual(['one.pt', 'two.pt']);
      expect(await names(exp.files.list('**/*.pt'))).toEqual(['one.pt', 'two.pt']);
      expect(await names(exp.files.list('models/old/*'))).toEqual(['two.pt']);
      expect(await names(exp.files({ tags: ['best'] }).list())).toEqual(['one.pt']);
      expect(await names(exp.files.bindr('v1').list())).toEqual(['one.pt']);

      const copy = await exp.files({ fileId: one.id }).download(join(place.root, 'out', 'one.pt'));
      expect(await readFile(copy, 'utf8')).toBe('1');
      expect(await exp.files.download('**/*.pt', { to: join(place.root, 'all') })).toEqual([
        join(place.root, 'all', 'one.pt'),
        join(place.root, 'all', 'two.pt'),
      ]);

      const changed = await exp
        .files({ file_id: one.id, description: 'new', tags: ['t'], metadata: { v: 2 } })
        .update();
      expect(changed).toMatchObject({ description: 'new', tags: ['t'], metadata: { v: 2 }, bindrs: ['v1'] });
      await exp.files().duplicate(one, 'latest/model.pt');
      expect(await exp.files('latest/model.pt').readText()).toBe('1');

      const gone = await exp.files({ fileId: one.id }).delete();
      expect(gone).toEqual({ id: one.id, deletedAt: ISO });
      expect(await exp.files('models/one.pt').exists()).toBe(false);
      expect(existsSync(at('files', 'models', one.id, 'one.pt'))).toBe(true);
      await expect(exp.files({ fileId: one.id }).delete()).rejects.toThrow('There is no file');
      expect(await exp.files.delete('models/**')).toHaveLength(1);
      await expect(exp.files.delete('*.none')).rejects.toThrow('No file fits');
      await expect(exp.files('nothing.pt').download()).rejects.toThrow('There is no file');
    });
  });

  it('never leave their folder', async () => {
    const exp = experiment();
    await exp.run(async () => {
      for (const to of ['../x.txt', '/../x', 'a/../../x', '..', 'a\\b', '\u0000'])
        await expect(exp.files.saveText('x', to)).rejects.toThrow(RangeError);
      await expect(exp.files('../../..').saveText('x', 'y')).rejects.toThrow(RangeError);
      const saved = await exp.files.saveText('x', 'fine.txt');
      // An index somebody else wrote.
      const index = document<{ files: { filename: string; path: string }[] }>('files', '.files_metadata.json');
      index.files[0]!.filename = '../../../../../stolen';
      writeFileSync(at('files', '.files_metadata.json'), JSON.stringify(index));
      await expect(exp.files({ fileId: saved.id }).download(join(place.root, 'got'))).rejects.toThrow(RangeError);
      await expect(exp.files({ fileId: saved.id }).download()).rejects.toThrow(RangeError);
    });
  });

  it('that were changed on disk are not handed out', async () => {
    const exp = experiment();
    await exp.run(async () => {
      const saved = await exp.files.saveText('right', 'a.txt');
      writeFileSync(at('files', saved.id, 'a.txt'), 'wrong');
      await expect(exp.files('a.txt').download(join(place.root, 'copy.txt'))).rejects.toThrow('SHA-256');
      expect(existsSync(join(place.root, 'copy.txt'))).toBe(false);
    });
  });

  it('of frames are animations', async () => {
    const exp = experiment();
    const frame = (value: number): object => ({
      data: new Uint8Array(8 * 4 * 3).fill(value),
      width: 8,
      height: 4,
      channels: 3,
    });
    await exp.run(async () => {
      const { default: sharp } = await import('sharp');
      for (const [to, format] of [
        ['a.gif', 'gif'],
        ['a.webp', 'webp'],
      ] as const) {
        const saved = await exp.files('videos').saveVideo([frame(0), frame(120), frame(255)], { to, fps: 10 });
        const {
          format: got,
          pages,
          width,
          height,
          pageHeight,
          delay,
        } = await sharp(at('files', 'videos', saved.id, to), { animated: true }).metadata();
        expect({ got, pages, width, page: pageHeight ?? height, delay }).toEqual({
          got: format,
          pages: 3,
          width: 8,
          page: 4,
          delay: [100, 100, 100],
        });
      }
      await expect(exp.files.saveVideo([frame(0)], { to: 'a.mp4' })).rejects.toThrow('.webp or .gif');
      await expect(exp.files.saveVideo([], { to: 'a.gif' })).rejects.toThrow('at least one frame');
      await expect(
        exp.files.saveVideo([frame(0), { ...frame(0), width: 4, height: 8 }], { to: 'a.gif' }),
      ).rejects.toThrow('one size');
      await expect(exp.files.saveVideo([{ ...frame(0), width: 9 }], { to: 'a.gif' })).rejects.toThrow(RangeError);
    });
  });
});
