// Reads a VietQR payload on standard input with npm vietnam-qr-pay and prints its fields as JSON.
// NODE_PATH names the folder in which the package was installed.
const { readFileSync } = require("node:fs");
const { QRPay } = require("vietnam-qr-pay");

const qr = new QRPay(readFileSync(0, "utf8").trim());
process.stdout.write(
  JSON.stringify({
    valid: qr.isValid,
    bin: qr.consumer.bankBin,
    account: qr.consumer.bankNumber,
    amount: qr.amount === undefined ? null : Number(qr.amount),
    purpose: qr.additionalData.purpose ?? "",
    service: qr.provider.service,
  }),
);
