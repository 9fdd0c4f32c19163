#include "view/server.h"

#include <fcntl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <memory>

#include "base/error.h"
#include "view/site.h"

namespace harness::view {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr std::chrono::seconds kPatience{10};
constexpr std::uint32_t kMaxHeader = 8 << 10;
constexpr std::size_t kMaxConnections = 64;

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

http::response<http::string_body> made_of(Response answer, const Request& request, bool keep) {
  http::response<http::string_body> response;
  response.result(answer.status);
  response.set(http::field::content_type, answer.type);
  response.set("Content-Security-Policy", answer.policy);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Referrer-Policy", "no-referrer");
  response.set(http::field::cache_control, "no-store");
  if (answer.status == 405) response.set(http::field::allow, "GET, HEAD");
  response.content_length(answer.body.size());
  if (request.method != "HEAD") response.body() = std::move(answer.body);
  response.keep_alive(keep);
  return response;
}

/// One connection. All run in one thread: a request is answered from files within milliseconds.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const Site& site, std::function<void()> on_end)
      : stream_(std::move(socket)), site_(site), on_end_(std::move(on_end)) {}
  ~Connection() { on_end_(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void read() {
    parser_ = std::make_unique<http::request_parser<http::empty_body>>();
    parser_->header_limit(kMaxHeader);
    parser_->body_limit(0);
    stream_.expires_after(kPatience);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    const auto& message = parser_->get();
    const Request request = {text_of(message.method_string()), text_of(message.target()),
                             text_of(message[http::field::host])};
    response_ = std::make_unique<http::response<http::string_body>>(
        made_of(site_.answer(request), request, message.keep_alive()));
    stream_.expires_after(kPatience);
    if (request.method == "HEAD") {
      serializer_ = std::make_unique<http::response_serializer<http::string_body>>(*response_);
      http::async_write_header(
          stream_, *serializer_,
          [self = shared_from_this()](beast::error_code error, std::size_t) { self->next(error); });
      return;
    }
    http::async_write(
        stream_, *response_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->next(error); });
  }
  void next(beast::error_code error) {
    if (!error && response_->keep_alive()) read();
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{std::size_t{kMaxHeader} * 2};
  std::unique_ptr<http::request_parser<http::empty_body>> parser_;
  std::unique_ptr<http::response<http::string_body>> response_;
  std::unique_ptr<http::response_serializer<http::string_body>> serializer_;
  const Site& site_;
  std::function<void()> on_end_;
};

/// Accepts while there is room. Connections keep it alive: some end only with the io_context.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(tcp::acceptor& acceptor, const Site& site) : acceptor_(acceptor), site_(site) {}

  void accept() {
    if (over_ || waiting_ || open_ >= kMaxConnections) return;
    waiting_ = true;
    acceptor_.async_accept(
        [this, self = shared_from_this()](beast::error_code error, tcp::socket socket) {
          waiting_ = false;
          if (!error) {
            ++open_;
            std::make_shared<Connection>(std::move(socket), site_, [self = shared_from_this()] {
              self->ended();
            })->read();
          }
          accept();
        });
  }
  /// Nothing is accepted any more.
  void end() { over_ = true; }

 private:
  void ended() {
    --open_;
    if (!over_) accept();
  }

  tcp::acceptor& acceptor_;
  const Site& site_;
  bool over_ = false;
  std::size_t open_ = 0;
  bool waiting_ = false;
};

}  // namespace

void serve(const ServerOptions& options, const std::function<void(std::uint16_t)>& on_ready) {
  asio::io_context io{1};
  tcp::acceptor acceptor(io);
  try {
    acceptor.open(tcp::v4());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind({asio::ip::address_v4::loopback(), options.port});
    acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw Error("cannot listen on 127.0.0.1:" + std::to_string(options.port) + ": " +
                    error.code().message(),
                "choose another port, or leave --port out to get a free one");
  }
  const std::uint16_t port = acceptor.local_endpoint().port();
  const Site site(options.root, port);
  const auto listener = std::make_shared<Listener>(acceptor, site);
  listener->accept();
  asio::posix::stream_descriptor stop(io);
  if (options.stop >= 0) {
    stop.assign(::fcntl(options.stop, F_DUPFD_CLOEXEC, 0));
    stop.async_wait(asio::posix::stream_descriptor::wait_read,
                    [&](beast::error_code) { io.stop(); });
  }
  on_ready(port);
  io.run();
  listener->end();
}

}  // namespace harness::view
