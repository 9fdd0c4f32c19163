// An expression is split into tokens and evaluated by precedence climbing.
#include "corpus.h"

enum Kind { kNumber, kOperator, kOpen, kClose, kEnd, kBad };
struct Token {
  enum Kind kind;
  int64_t value;
};
static const char* g_at;
static struct Token g_token;
static int g_errors;

static void advance(void) {
  while (*g_at == ' ') ++g_at;
  const char c = *g_at;
  if (c == 0) {
    g_token = (struct Token){kEnd, 0};
    return;
  }
  if (c >= '0' && c <= '9') {
    g_token = (struct Token){kNumber, 0};
    while (*g_at >= '0' && *g_at <= '9') g_token.value = g_token.value * 10 + *g_at++ - '0';
    return;
  }
  ++g_at;
  const enum Kind kind = c == '(' ? kOpen : c == ')' ? kClose : kOperator;
  g_token = (struct Token){kind, c};
}
static int precedence(struct Token token) {
  if (token.kind != kOperator) return -1;
  switch (token.value) {
    case '|':
      return 1;
    case '&':
      return 2;
    case '+':
    case '-':
      return 3;
    case '*':
    case '/':
    case '%':
      return 4;
    default:
      ++g_errors;
      return -1;
  }
}
static int64_t expression(int least);
static int64_t primary(void) {
  const struct Token token = g_token;
  advance();
  if (token.kind == kNumber) return token.value;
  if (token.kind == kOperator && token.value == '-') return -primary();
  if (token.kind == kOpen) {
    const int64_t inner = expression(1);
    if (g_token.kind != kClose) ++g_errors;
    advance();
    return inner;
  }
  ++g_errors;
  return 0;
}
static int64_t expression(int least) {
  int64_t left = primary();
  for (int level = precedence(g_token); level >= least; level = precedence(g_token)) {
    const int64_t operation = g_token.value;
    advance();
    const int64_t right = expression(level + 1);
    switch (operation) {
      case '|':
        left |= right;
        break;
      case '&':
        left &= right;
        break;
      case '+':
        left += right;
        break;
      case '-':
        left -= right;
        break;
      case '*':
        left *= right;
        break;
      default:
        if (right == 0) {
          ++g_errors;
          break;
        }
        left = operation == '/' ? left / right : left % right;
    }
  }
  return left;
}

int guest_main(int argument) {
  static const char* const kTexts[] = {
      "1 + 2 * 3",   "-(4 - 10) * 7 % 5",     "(1|6)&3", "100/7/2",   "2*(3+",
      "8 / (4 - 4)", "123456789 * 987654321", "1 $ 2",   "((((5))))", "7 - 2 - 1"};
  for (size_t i = 0; i < COUNT(kTexts); ++i) {
    g_at = kTexts[(i + (size_t)opaque(argument)) % COUNT(kTexts)];
    g_errors = 0;
    advance();
    const int64_t value = expression(1);
    if (g_errors == 0)
      mix64((uint64_t)value);
    else
      mix((uint32_t)g_errors);
    print(g_errors ? "?" : "=");
  }
  print("\n");
  return finish();
}
