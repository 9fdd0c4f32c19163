// Functions of any number of arguments, as clang lowers them, and calls of them.
typedef __builtin_va_list List;
struct Pair {
  int a;
  double d;
};
long long sum(const char* kinds, ...) {
  List list, again;
  long long all = 0;
  __builtin_va_start(list, kinds);
  __builtin_va_copy(again, list);
  for (; *kinds; ++kinds) switch (*kinds) {
      case 'i':
        all += __builtin_va_arg(list, int);
        break;
      case 'l':
        all += __builtin_va_arg(list, long long);
        break;
      case 'd':
        all += (long long)__builtin_va_arg(list, double);
        break;
      case 'p':
        all += *__builtin_va_arg(list, char*);
        break;
      case 's':
        all += __builtin_va_arg(list, struct Pair).a;
        break;
    }
  all += __builtin_va_arg(again, int);
  __builtin_va_end(again);
  __builtin_va_end(list);
  return all;
}
long long calls(int x) {
  struct Pair pair = {x, 1.5};
  char c = 3;
  return sum("ildps", x, 1LL << 40, 2.5f, &c, pair) + sum("");
}
