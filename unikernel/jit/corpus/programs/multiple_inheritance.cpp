// Several bases: adjusted addresses, thunks, casts down and across, shared virtual bases.
#include "corpus.h"

namespace {

struct Reader {
  virtual int read() { return 1; }
  int position = 10;
};
struct Writer {
  virtual int write(int value) { return value; }
  virtual int both() { return 2; }
  int written = 20;
};
struct File : Reader, Writer {
  int read() override { return position++; }
  int write(int value) override { return written += value; }
  int both() override { return position * 1000 + written; }
  int extra = 30;
};
struct Counter {
  virtual int count() { return counted; }
  int counted = 0;
};
struct Left : virtual Counter {
  virtual void left() { ++counted; }
};
struct Right : virtual Counter {
  virtual void right() { counted += 100; }
};
struct Both : Left, Right {
  int count() override { return counted + 100000; }
  void right() override { counted += 1000; }
};

int use(Reader& reader, Writer& writer, int value) {
  return reader.read() * 7 + writer.write(value) + writer.both();
}
int drive(Left* left, Right* right, Counter* counter) {
  left->left();
  right->right();
  return counter->count();
}

}  // namespace

extern "C" int guest_main(int argument) {
  File file;
  Reader plain_reader;
  Writer plain_writer;
  for (int i = 0; i < 10; ++i) {
    Reader& reader = opaque(i) & 1 ? static_cast<Reader&>(file) : plain_reader;
    Writer& writer = opaque(i) & 2 ? static_cast<Writer&>(file) : plain_writer;
    mix(static_cast<uint32_t>(use(reader, writer, i * argument)));
  }
  Writer* const writer = &file;
  mix(static_cast<uint32_t>(static_cast<File*>(writer)->extra));
  mix(static_cast<uint32_t>(static_cast<void*>(writer) == static_cast<void*>(&file)) +
      (writer == &file));
  Writer* const none = opaque(0) ? &file : nullptr;
  mix(static_cast<File*>(none) == nullptr);
  Both both;
  for (int i = 0; i < 5; ++i) mix(static_cast<uint32_t>(drive(&both, &both, &both)));
  return finish();
}
