#include "pipeline/interrupt.hpp"

#include <csignal>

namespace waydiff::pipeline {
namespace {

// The one global there has to be: a signal handler gets no argument.
volatile std::sig_atomic_t raised = 0;

extern "C" void remember(int signal) {
  raised = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  raised = 0;
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
}

InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool InterruptGuard::interrupted() noexcept {
  return raised != 0;
}

}  // namespace waydiff::pipeline
