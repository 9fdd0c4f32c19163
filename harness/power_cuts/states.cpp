#include "power_cuts/states.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <tuple>
#include <utility>

namespace harness {
namespace {

constexpr std::uint64_t kCountless = UINT64_MAX;
/// Sectors lost in all states that are drawn at one place together: what bounds their memory.
constexpr std::uint64_t kLostAtMost = 8 << 20;

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > kCountless / b ? kCountless : a * b;
}
std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  return a > kCountless - b ? kCountless : a + b;
}

/// Calls `each` for the states after each event, and while it writes.
template <class Each>
void states_in_order(const WriteHistory& history, bool kill, const Each& each) {
  each(DiskState{});
  for (std::size_t cut = 1; cut <= history.events(); ++cut) {
    const std::size_t first = history.first_write(cut - 1), end = history.first_write(cut);
    for (std::size_t i = first; i < end && !kill; ++i) {
      if (i > first) each(DiskState{.cut = cut, .under_way = true, .reached = i});
      for (const bool first_half : {true, false}) {
        if (!history.tears()) break;
        each(DiskState{.cut = cut,
                       .under_way = true,
                       .reached = i + 1 == end ? SIZE_MAX : i + 1,
                       .torn = i,
                       .first_half = first_half});
      }
    }
    each(DiskState{.cut = cut});
  }
}

/// Of `all` states in order `most` at even distances; all, where they are no more.
std::vector<DiskState> evenly(const WriteHistory& history, std::uint64_t most,
                              const StateLimits& limits, std::uint64_t all) {
  std::vector<std::uint64_t> wanted;  // ascending
  most = std::min(most, all);
  wanted.reserve(most);
  for (std::uint64_t i = 0; i < most; ++i) {
    wanted.push_back(most == all ? i : (i * all + limits.seed % all) / most % all);
  }
  std::ranges::sort(wanted);
  std::vector<DiskState> states;
  states.reserve(wanted.size());
  std::uint64_t number = 0;
  states_in_order(history, limits.kill, [&](const DiskState& state) {
    if (states.size() < wanted.size() && wanted[states.size()] == number) states.push_back(state);
    ++number;
  });
  return states;
}

/// A place between two flushes: each piece that was written, with its writes that can be lost.
struct Place {
  std::size_t cut = 0;
  std::vector<std::vector<std::size_t>> sectors;
  std::uint64_t choices = 1;  // the one with nothing lost included
};

Place place_at(const WriteHistory& history, std::size_t cut) {
  const std::vector<SectorWrite>& writes = history.writes();
  std::map<std::uint64_t, std::vector<std::size_t>> by_piece;
  for (std::size_t i = history.first_pending(cut); i < history.first_write(cut); ++i) {
    std::vector<std::size_t>& versions = by_piece[history.piece_of(writes[i].sector)];
    if (!writes[i].durable) {
      versions.push_back(i);
      continue;
    }
    // What lay under it before does not matter.
    std::erase_if(versions, [&](std::size_t earlier) {
      return writes[earlier].sector >= writes[i].sector && writes[earlier].end() <= writes[i].end();
    });
  }
  Place place{.cut = cut, .sectors = {}};
  for (auto& [piece, versions] : by_piece) {
    if (versions.empty()) continue;
    place.choices = times(place.choices, versions.size() + 1);
    place.sectors.push_back(std::move(versions));
  }
  return place;
}

/// For each sector how many of its writes are kept.
using Choice = std::vector<std::size_t>;

DiskState state_of(const Place& place, const Choice& choice) {
  DiskState state{.cut = place.cut, .lost = {}};
  for (std::size_t i = 0; i < choice.size(); ++i) {
    const std::vector<std::size_t>& versions = place.sectors[i];
    state.lost.insert(state.lost.end(), versions.begin() + static_cast<std::ptrdiff_t>(choice[i]),
                      versions.end());
  }
  std::ranges::sort(state.lost);
  return state;
}

Choice everything(const Place& place) {
  Choice choice;
  for (const auto& versions : place.sectors) choice.push_back(versions.size());
  return choice;
}

/// Every choice but that with nothing lost, which is one of the states in order.
void add_all_choices(const Place& place, std::vector<DiskState>& states) {
  const Choice whole = everything(place);
  for (Choice choice(place.sectors.size(), 0); choice != whole;) {
    states.push_back(state_of(place, choice));
    for (std::size_t i = 0; i < choice.size() && ++choice[i] > place.sectors[i].size(); ++i) {
      choice[i] = 0;
    }
  }
}

void add_some_choices(const Place& place, std::uint64_t most, std::mt19937_64& random,
                      std::vector<DiskState>& states) {
  const Choice whole = everything(place);
  most = std::min<std::uint64_t>(most, kLostAtMost / whole.size());
  std::set<Choice> chosen;
  const auto add = [&](const Choice& choice) {
    if (chosen.size() < most && choice != whole && chosen.insert(choice).second) {
      states.push_back(state_of(place, choice));
    }
  };
  std::vector<std::size_t> order(whole.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (most < 2 * whole.size()) {  // not for all: then not for those alone that come first
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  }
  for (const std::size_t i : order) {
    if (chosen.size() == most) break;
    Choice without = whole, alone(whole.size(), 0);
    without[i] = 0;
    alone[i] = whole[i];
    add(without);
    add(alone);
  }
  // There are more than `most`; those that come twice are few where there are many more.
  for (std::uint64_t tries = 0; chosen.size() < most && tries < 20 * most; ++tries) {
    Choice choice;
    for (const auto& versions : place.sectors) choice.push_back(random() % (versions.size() + 1));
    add(choice);
  }
}

}  // namespace

StatePlan plan_states(const WriteHistory& history, const StateLimits& limits) {
  StatePlan plan;
  states_in_order(history, limits.kill, [&](const DiskState&) { ++plan.possible; });
  const std::uint64_t in_order = plan.possible;
  std::vector<Place> places;
  for (std::size_t cut = 0; cut <= history.events() && !limits.kill; ++cut) {
    const bool flushes =
        cut == history.events() || history.log().events[cut].kind == DiskEvent::Kind::flush;
    if (!flushes) continue;
    Place place = place_at(history, cut);
    if (place.sectors.empty()) continue;
    plan.possible = plus(plan.possible, place.choices - 1);
    places.push_back(std::move(place));
  }
  // States that lose what was written are tried however many there are in order.
  const std::uint64_t others = plan.possible - in_order;
  plan.states = evenly(history, limits.most - std::min(others, limits.most / 2), limits, in_order);
  std::mt19937_64 random(limits.seed);
  std::ranges::sort(places, {},
                    [](const Place& place) { return std::pair(place.choices, place.cut); });
  std::uint64_t left = limits.most - plan.states.size();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::uint64_t share = left / (places.size() - i);
    const std::size_t before = plan.states.size();
    if (places[i].choices - 1 <= share) {
      add_all_choices(places[i], plan.states);
    } else {
      add_some_choices(places[i], share, random, plan.states);
    }
    left -= plan.states.size() - before;
  }
  std::ranges::sort(plan.states, {}, [](const DiskState& state) {
    return std::tie(state.cut, state.reached, state.lost, state.torn, state.first_half);
  });
  return plan;
}

}  // namespace harness
