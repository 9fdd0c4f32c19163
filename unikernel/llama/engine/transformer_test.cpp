// The whole of it: the two builds agree to the bit, and both with a plain double version.
#include "engine/transformer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "engine/lanes.h"
#include "tools/host_model.h"

namespace llama {
namespace {

const Config kShape{.dim = 32,
                    .hidden_dim = 44,
                    .layers = 2,
                    .heads = 4,
                    .kv_heads = 2,
                    .vocab = 70,
                    .seq_len = 32};
constexpr std::uint32_t kTokens[] = {1, 17, 3, 69, 42, 42, 8, 1, 0, 55};

template <class V>
std::vector<float> last_logits(const Model& model) {
  HostTransformer<V> host(model, std::size(kTokens));
  NoOperatorTimer timer;
  const float* logits = nullptr;
  for (std::uint32_t i = 0; i < std::size(kTokens); ++i) {
    logits = host.transformer.step(kTokens[i], i, true, timer);
  }
  return std::vector<float>(logits, logits + model.config.vocab);
}

/// Llama as its formulas say, in double, with everything recomputed at each position.
class Reference {
 public:
  explicit Reference(const Model& model) : m_(model), c_(model.config) {}

  std::vector<double> logits() {
    std::vector<std::vector<double>> x;
    for (const std::uint32_t token : kTokens) x.push_back(row(m_.embedding, 0, token));
    for (std::uint32_t layer = 0; layer < c_.layers; ++layer) {
      std::vector<std::vector<double>> q, k, v;
      for (std::uint32_t p = 0; p < x.size(); ++p) {
        const auto normed = norm(x[p], m_.attention_norms + layer * c_.dim);
        q.push_back(turned(times(m_.wq, layer, normed), p));
        k.push_back(turned(times(m_.wk, layer, normed), p));
        v.push_back(times(m_.wv, layer, normed));
      }
      for (std::uint32_t p = 0; p < x.size(); ++p) {
        add(x[p], times(m_.wo, layer, attend(q[p], k, v, p)));
        const auto normed = norm(x[p], m_.ffn_norms + layer * c_.dim);
        auto gate = times(m_.w1, layer, normed);
        const auto up = times(m_.w3, layer, normed);
        for (std::size_t i = 0; i < gate.size(); ++i) {
          gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
        }
        add(x[p], times(m_.w2, layer, gate));
      }
    }
    return times(m_.classifier, 0, norm(x.back(), m_.final_norm));
  }

 private:
  using Numbers = std::vector<double>;
  Numbers row(const Tensor& t, std::uint32_t layer, std::uint32_t r) {
    const float* w = static_cast<const float*>(t.data) + (layer * t.rows + r) * t.columns;
    return Numbers(w, w + t.columns);
  }
  Numbers times(const Tensor& t, std::uint32_t layer, const Numbers& x) {
    Numbers out;
    for (std::uint32_t r = 0; r < t.rows; ++r) {
      const Numbers w = row(t, layer, r);
      double sum = 0;
      for (std::size_t i = 0; i < x.size(); ++i) sum += w[i] * x[i];
      out.push_back(sum);
    }
    return out;
  }
  static void add(Numbers& to, const Numbers& x) {
    for (std::size_t i = 0; i < x.size(); ++i) to[i] += x[i];
  }
  static Numbers norm(const Numbers& x, const float* weight) {
    double squares = 0;
    for (const double v : x) squares += v * v;
    Numbers out;
    for (std::size_t i = 0; i < x.size(); ++i) {
      out.push_back(x[i] / std::sqrt(squares / static_cast<double>(x.size()) + 1e-5) * weight[i]);
    }
    return out;
  }
  Numbers turned(Numbers x, std::uint32_t position) {
    const std::uint32_t size = c_.head_size();
    for (std::size_t i = 0; i < x.size(); i += 2) {
      const double angle = position * std::pow(10000.0, -static_cast<double>(i % size) / size);
      const double a = x[i], b = x[i + 1];
      x[i] = a * std::cos(angle) - b * std::sin(angle);
      x[i + 1] = a * std::sin(angle) + b * std::cos(angle);
    }
    return x;
  }
  Numbers attend(const Numbers& q, const std::vector<Numbers>& k, const std::vector<Numbers>& v,
                 std::uint32_t position) {
    const std::uint32_t size = c_.head_size();
    Numbers out(c_.dim, 0);
    for (std::uint32_t head = 0; head < c_.heads; ++head) {
      const std::uint32_t shared = head / (c_.heads / c_.kv_heads) * size;
      Numbers weights;
      double sum = 0;
      for (std::uint32_t p = 0; p <= position; ++p) {
        double score = 0;
        for (std::uint32_t d = 0; d < size; ++d) score += q[head * size + d] * k[p][shared + d];
        weights.push_back(std::exp(score / std::sqrt(size)));
        sum += weights.back();
      }
      for (std::uint32_t p = 0; p <= position; ++p) {
        for (std::uint32_t d = 0; d < size; ++d) {
          out[head * size + d] += weights[p] / sum * v[p][shared + d];
        }
      }
    }
    return out;
  }

  const Model& m_;
  const Config& c_;
};

TEST(Transformer, ScalarAndSse2AgreeToTheBit) {
  const Bytes fp32 = random_model(kShape, 9);
  const LoadedModel floats(fp32), bytes(quantize(fp32));
  EXPECT_EQ(last_logits<ScalarLanes>(floats.model), last_logits<Sse2Lanes>(floats.model));
  EXPECT_EQ(last_logits<ScalarLanes>(bytes.model), last_logits<Sse2Lanes>(bytes.model));
}

TEST(Transformer, AgreesWithTheFormulas) {
  const LoadedModel loaded(random_model(kShape, 9));
  const auto logits = last_logits<Sse2Lanes>(loaded.model);
  const auto exact = Reference(loaded.model).logits();
  for (std::size_t i = 0; i < exact.size(); ++i) EXPECT_NEAR(logits[i], exact[i], 2e-5) << i;
}

TEST(Transformer, Int8IsCloseToTheFloats) {
  const Bytes fp32 = random_model(kShape, 9);
  const LoadedModel floats(fp32), bytes(quantize(fp32));
  const auto a = last_logits<Sse2Lanes>(floats.model);
  const auto b = last_logits<Sse2Lanes>(bytes.model);
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += (a[i] - b[i]) * (a[i] - b[i]);
    size += a[i] * a[i];
  }
  EXPECT_LT(std::sqrt(difference / size), 0.05);
  EXPECT_GT(difference, 0);
}

TEST(Transformer, AClassifierOfItsOwnIsUsed) {
  Config shape = kShape;
  shape.shared_classifier = false;
  const LoadedModel own(random_model(shape, 9)), shared(random_model(kShape, 9));
  const auto exact = Reference(own.model).logits();
  const auto logits = last_logits<Sse2Lanes>(own.model);
  for (std::size_t i = 0; i < exact.size(); ++i) EXPECT_NEAR(logits[i], exact[i], 2e-5);
  EXPECT_NE(logits, last_logits<Sse2Lanes>(shared.model));
}

std::uint64_t ticks = 0;

TEST(OperatorTimer, OperatorsSumToTheTotalAndLayersToTheirOperators) {
  const LoadedModel loaded(random_model(kShape, 9));
  HostTransformer<Sse2Lanes> host(loaded.model, 8);
  Span layers[2];
  ticks = 100;
  OperatorTimer timer([] { return ticks += 7; }, layers);
  timer.start();
  for (std::uint32_t i = 0; i < 8; ++i) host.transformer.step(1, i, true, timer);
  std::uint64_t sum = 0, inside = 0;
  for (unsigned op = 0; op < kOperators; ++op) {
    sum += timer.of(static_cast<Operator>(op)).total;
    if (op < kLayerOperators) inside += timer.of(static_cast<Operator>(op)).total;
  }
  EXPECT_EQ(sum, timer.total());
  EXPECT_EQ(layers[0].total + layers[1].total, inside);
  EXPECT_EQ(layers[0].calls, 8u);
  EXPECT_EQ(timer.of(Operator::norm).calls, 2u * 2 * 8);
  EXPECT_EQ(timer.of(Operator::attention).calls, 2u * 8);
  EXPECT_EQ(timer.of(Operator::classifier).calls, 8u);
}

}  // namespace
}  // namespace llama
