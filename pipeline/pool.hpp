#pragma once

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace waydiff::pipeline {

/// Values in, values out: `make(n)` for n = 0 … count-1 gives a task on this thread, the task runs in the pool, and its
/// result goes to `take(n, result)` on this thread in the order of n. At most a few tasks are held at once, so memory
/// stays bounded. `make` or `take` may return false to end early.
class Pool {
 public:
  explicit Pool(int threads)
      : threads_(threads > 0 ? static_cast<std::size_t>(threads)
                             : std::max<std::size_t>(1, std::thread::hardware_concurrency())),
        pool_(threads_) {}

  template <class T>
  bool each(std::size_t count, const std::function<std::function<T()>(std::size_t)>& make,
            const std::function<bool(std::size_t, T)>& take) {
    std::deque<std::future<T>> running;
    std::size_t taken = 0;
    for (std::size_t n = 0; n < count || !running.empty();) {
      if (n < count && running.size() < 2 * threads_) {
        auto task = std::make_shared<std::packaged_task<T()>>(make(n));
        running.push_back(task->get_future());
        boost::asio::post(pool_, [task] { (*task)(); });
        ++n;
        continue;
      }
      T result = running.front().get();
      running.pop_front();
      if (!take(taken++, std::move(result))) {
        for (const auto& rest : running) rest.wait();
        return false;
      }
    }
    return true;
  }

 private:
  std::size_t threads_;
  boost::asio::thread_pool pool_;
};

}  // namespace waydiff::pipeline
