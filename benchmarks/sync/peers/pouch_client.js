// PouchDB as it is: records go into the local database, then both directions are replicated.
// `node pouch_client.js URL FOLDER [RECORDS]`, run in the folder that holds node_modules. Prints how long it took.
const fs = require("fs");
const path = require("path");
const PouchDB = require(path.join(process.cwd(), "node_modules", "pouchdb"));

async function main() {
  const [url, folder, file] = process.argv.slice(2);
  const lines = file ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
  fs.mkdirSync(folder, { recursive: true });
  const local = new PouchDB(path.join(folder, "store"));
  const documents = lines.map((line) => {
    const { id, ...rest } = JSON.parse(line);
    return { _id: id, ...rest };
  });
  for (let at = 0; at < documents.length; at += 1000) await local.bulkDocs(documents.slice(at, at + 1000));
  const began = process.hrtime.bigint();
  const remote = new PouchDB(url + "/bench");
  const options = { batch_size: 1000, batches_limit: 10 };
  const sent = await local.replicate.to(remote, options);
  const received = await local.replicate.from(remote, options);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (!sent.ok || !received.ok) throw new Error("replication failed");
  console.log(JSON.stringify({ seconds, sent: sent.docs_written, received: received.docs_written }));
  await local.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
