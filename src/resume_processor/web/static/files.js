// Files out of what was dropped or chosen, folders and all that is in them.

const HIDDEN = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/;

export async function droppedFiles(transfer) {
  // entries must be taken before anything is awaited: the list is emptied when the event is over
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = await Promise.all(entries.map(filesOf));
  return found.flat();
}

export const wanted = (files) => files.filter((file) => !HIDDEN.test(file.name));

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const inside = [];
  for (;;) { // a folder is read a hundred at a time, until nothing comes
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map(filesOf))).flat();
}
