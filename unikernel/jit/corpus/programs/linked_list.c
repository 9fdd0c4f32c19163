// A singly linked list in a pool: insertion in order, reversal, removal, merge sort.
#include "corpus.h"

struct Node {
  int value;
  struct Node* next;
};
static struct Node g_pool[100];
static int g_used;

static struct Node* push(struct Node* head, int value) {
  struct Node* const node = &g_pool[g_used++];
  *node = (struct Node){value, head};
  return node;
}
static struct Node* reverse(struct Node* head) {
  struct Node* result = 0;
  while (head) {
    struct Node* const next = head->next;
    head->next = result;
    result = head;
    head = next;
  }
  return result;
}
static struct Node* merge(struct Node* a, struct Node* b) {
  struct Node start, *tail = &start;
  while (a && b) {
    struct Node** const least = a->value <= b->value ? &a : &b;
    tail->next = *least;
    tail = *least;
    *least = (*least)->next;
  }
  tail->next = a ? a : b;
  return start.next;
}
static struct Node* sort(struct Node* head) {
  if (!head || !head->next) return head;
  struct Node *slow = head, *fast = head->next;
  while (fast && fast->next) slow = slow->next, fast = fast->next->next;
  struct Node* const second = slow->next;
  slow->next = 0;
  return merge(sort(head), sort(second));
}
static void remove_multiples(struct Node** at, int of) {
  while (*at) {
    if ((*at)->value % of == 0)
      *at = (*at)->next;
    else
      at = &(*at)->next;
  }
}

int guest_main(int argument) {
  struct Node* head = 0;
  uint32_t state = (uint32_t)argument;
  for (int i = 0; i < 100; ++i) head = push(head, (int)(next_random(&state) % 1000));
  head = sort(reverse(head));
  remove_multiples(&head, opaque(7));
  for (const struct Node* at = head; at; at = at->next) mix((uint32_t)at->value);
  for (const struct Node* at = reverse(head); at; at = at->next) mix((uint32_t)at->value);
  return finish();
}
