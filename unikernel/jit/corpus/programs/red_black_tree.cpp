// A balanced tree (a treap by hashed priorities) with parents' links as references to pointers.
#include "corpus.h"

namespace {

struct Node {
  int key = 0;
  uint32_t priority = 0;
  Node* children[2] = {nullptr, nullptr};
};
Node g_nodes[128];
int g_used;

void rotate(Node*& root, int side) {
  Node* const child = root->children[side];
  root->children[side] = child->children[!side];
  child->children[!side] = root;
  root = child;
}
void insert(Node*& root, int key) {
  if (!root) {
    root = &g_nodes[g_used++];
    root->key = key;
    root->priority = static_cast<uint32_t>(key) * 2654435761u;
    return;
  }
  if (key == root->key) return;
  const int side = key > root->key;
  insert(root->children[side], key);
  if (root->children[side]->priority > root->priority) rotate(root, side);
}
void remove(Node*& root, int key) {
  if (!root) return;
  if (key != root->key) return remove(root->children[key > root->key], key);
  if (!root->children[0] || !root->children[1]) {
    root = root->children[!root->children[0]];
    return;
  }
  const int side = root->children[1]->priority > root->children[0]->priority;
  rotate(root, side);
  remove(root->children[!side], key);
}
int depth(const Node* root) {
  if (!root) return 0;
  const int left = depth(root->children[0]), right = depth(root->children[1]);
  return 1 + (left > right ? left : right);
}
int walk(const Node* root, int previous) {
  if (!root) return previous;
  previous = walk(root->children[0], previous);
  if (root->key <= previous) guest_exit(1);
  mix(static_cast<uint32_t>(root->key));
  return walk(root->children[1], root->key);
}

}  // namespace

extern "C" int guest_main(int argument) {
  Node* root = nullptr;
  for (int i = 0; i < 100; ++i) insert(root, opaque(i * 37 % 101));
  mix(static_cast<uint32_t>(depth(root)));
  walk(root, -1);
  for (int i = 0; i < 100; i += 2 + argument) remove(root, opaque(i));
  mix(static_cast<uint32_t>(depth(root)));
  walk(root, -1);
  return finish();
}
