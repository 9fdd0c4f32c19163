// A Llama as one writes it down: loops over sizes that the model's header says, no vectors, and no
// word to the compiler of what to inline. Its numbers come from a generator.
// Argument: 1300
#include "corpus.h"

enum { kDim = 64, kHidden = 172, kLayers = 2, kHeads = 4, kVocabulary = 192, kPositions = 48 };

// What a checkpoint begins with.
typedef struct {
  int dim, hidden, layers, heads, vocabulary, positions;
} Config;

typedef struct {
  Config config;
  const float *embedding, *attention_norm, *wq, *wk, *wv, *wo, *feed_norm, *w1, *w2, *w3,
      *last_norm;
  float *x, *normed, *query, *hidden, *gate, *scores, *logits, *keys, *values;
} Model;

enum { kLayerFloats = 2 * kDim + 4 * kDim * kDim + 3 * kDim * kHidden };
static float g_weights[kVocabulary * kDim + kLayers * kLayerFloats + kDim];
static float g_state[3 * kDim + 2 * kHidden + kHeads * kPositions + kVocabulary +
                     2 * kLayers * kPositions * kDim];
static Model g_model;

static float root(float x) { return __builtin_sqrtf(x); }

// e^x: 2^n by its bits, the rest by a polynomial.
static float exponential(float x) {
  if (x < -80.0f) return 0.0f;
  const float scaled = x * 1.44269504f;
  const int whole = (int)(scaled + (scaled < 0.0f ? -0.5f : 0.5f));
  const float r = (scaled - (float)whole) * 0.69314718f;
  const float p =
      1.0f + r * (1.0f + r * (0.5f + r * (0.16666667f + r * (0.04166667f + r * 0.00833333f))));
  const uint32_t bits = (uint32_t)(whole + 127) << 23;
  float power;
  __builtin_memcpy(&power, &bits, sizeof power);
  return p * power;
}

void normalize(float* out, const float* x, const float* weight, int size) {
  float squares = 0.0f;
  for (int j = 0; j < size; ++j) squares += x[j] * x[j];
  const float scale = 1.0f / root(squares / (float)size + 1e-5f);
  for (int j = 0; j < size; ++j) out[j] = weight[j] * (scale * x[j]);
}

void softmax(float* x, int size) {
  float most = x[0];
  for (int i = 1; i < size; ++i) most = x[i] > most ? x[i] : most;
  float sum = 0.0f;
  for (int i = 0; i < size; ++i) {
    x[i] = exponential(x[i] - most);
    sum += x[i];
  }
  for (int i = 0; i < size; ++i) x[i] /= sum;
}

void matmul(float* out, const float* x, const float* w, int n, int d) {
  for (int i = 0; i < d; ++i) {
    float value = 0.0f;
    for (int j = 0; j < n; ++j) value += w[i * n + j] * x[j];
    out[i] = value;
  }
}

// Pairs of a vector are turned by an angle of their own for each step of the position.
void rotate(float* vector, int size, int head, int position) {
  for (int i = 0; i < size; i += 2) {
    float angle = (float)position;
    for (int k = 0; k < i % head; k += 2) angle *= 0.5f;
    while (angle > 3.0f) angle -= 6.0f;
    const float square = angle * angle;
    const float cosine = 1.0f - square * (0.5f - square * 0.04f);
    const float sine = angle * (1.0f - square * (0.16f - square * 0.008f));
    const float a = vector[i], b = vector[i + 1];
    vector[i] = a * cosine - b * sine;
    vector[i + 1] = a * sine + b * cosine;
  }
}

void attend(const Model* m, int layer, int position) {
  const int dim = m->config.dim, heads = m->config.heads, head = dim / heads;
  const float* const keys = m->keys + layer * m->config.positions * dim;
  const float* const values = m->values + layer * m->config.positions * dim;
  const float scale = 1.0f / root((float)head);
  for (int h = 0; h < heads; ++h) {
    const float* const q = m->query + h * head;
    float* const scores = m->scores + h * m->config.positions;
    for (int t = 0; t <= position; ++t) {
      float score = 0.0f;
      for (int j = 0; j < head; ++j) score += q[j] * keys[t * dim + h * head + j];
      scores[t] = score * scale;
    }
    softmax(scores, position + 1);
    float* const out = m->normed + h * head;
    for (int j = 0; j < head; ++j) out[j] = 0.0f;
    for (int t = 0; t <= position; ++t) {
      const float part = scores[t];
      for (int j = 0; j < head; ++j) out[j] += part * values[t * dim + h * head + j];
    }
  }
}

void forward(const Model* m, int token, int position) {
  const int dim = m->config.dim, hidden = m->config.hidden, head = dim / m->config.heads;
  float* const x = m->x;
  for (int j = 0; j < dim; ++j) x[j] = m->embedding[token * dim + j];
  for (int l = 0; l < m->config.layers; ++l) {
    normalize(m->normed, x, m->attention_norm + l * dim, dim);
    float* const key = m->keys + (l * m->config.positions + position) * dim;
    float* const value = m->values + (l * m->config.positions + position) * dim;
    matmul(m->query, m->normed, m->wq + l * dim * dim, dim, dim);
    matmul(key, m->normed, m->wk + l * dim * dim, dim, dim);
    matmul(value, m->normed, m->wv + l * dim * dim, dim, dim);
    rotate(m->query, dim, head, position);
    rotate(key, dim, head, position);
    attend(m, l, position);
    matmul(m->query, m->normed, m->wo + l * dim * dim, dim, dim);
    for (int j = 0; j < dim; ++j) x[j] += m->query[j];
    normalize(m->normed, x, m->feed_norm + l * dim, dim);
    matmul(m->hidden, m->normed, m->w1 + l * dim * hidden, dim, hidden);
    matmul(m->gate, m->normed, m->w3 + l * dim * hidden, dim, hidden);
    for (int j = 0; j < hidden; ++j) {
      const float v = m->hidden[j];
      m->hidden[j] = v / (1.0f + exponential(-v)) * m->gate[j];
    }
    matmul(m->query, m->hidden, m->w2 + l * dim * hidden, hidden, dim);
    for (int j = 0; j < dim; ++j) x[j] += m->query[j];
  }
  normalize(x, x, m->last_norm, dim);
  matmul(m->logits, x, m->embedding, dim, m->config.vocabulary);
}

static float* take(float** at, int count) {
  float* const taken = *at;
  *at += count;
  return taken;
}

static void make(Model* m, float* weights, float* state) {
  const Config c = {opaque(kDim),   opaque(kHidden),     opaque(kLayers),
                    opaque(kHeads), opaque(kVocabulary), opaque(kPositions)};
  m->config = c;
  m->embedding = take(&weights, c.vocabulary * c.dim);
  m->attention_norm = take(&weights, c.layers * c.dim);
  m->wq = take(&weights, c.layers * c.dim * c.dim);
  m->wk = take(&weights, c.layers * c.dim * c.dim);
  m->wv = take(&weights, c.layers * c.dim * c.dim);
  m->wo = take(&weights, c.layers * c.dim * c.dim);
  m->feed_norm = take(&weights, c.layers * c.dim);
  m->w1 = take(&weights, c.layers * c.dim * c.hidden);
  m->w2 = take(&weights, c.layers * c.dim * c.hidden);
  m->w3 = take(&weights, c.layers * c.dim * c.hidden);
  m->last_norm = take(&weights, c.dim);
  m->x = take(&state, c.dim);
  m->normed = take(&state, c.dim);
  m->query = take(&state, c.dim);
  m->hidden = take(&state, c.hidden);
  m->gate = take(&state, c.hidden);
  m->scores = take(&state, c.heads * c.positions);
  m->logits = take(&state, c.vocabulary);
  m->keys = take(&state, c.layers * c.positions * c.dim);
  m->values = take(&state, c.layers * c.positions * c.dim);
}

int guest_main(int argument) {
  uint32_t seed = (uint32_t)opaque(7);
  for (size_t i = 0; i < COUNT(g_weights); ++i) {
    g_weights[i] = (float)((int)(next_random(&seed) % 256) - 128) / 512.0f;
  }
  make(&g_model, g_weights, g_state);
  int token = 1;
  for (int n = 0; n < argument; ++n) {
    const int position = n % g_model.config.positions;
    forward(&g_model, token, position);
    int best = 0;
    for (int k = 1; k < g_model.config.vocabulary; ++k) {
      if (g_model.logits[k] > g_model.logits[best]) best = k;
    }
    // One that repeats itself says little.
    token = (best + n) % g_model.config.vocabulary;
    mix((uint32_t)best);
  }
  return finish();
}
