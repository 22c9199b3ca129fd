#include "cli/process_end.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace waydiff::cli {

void leave(int status) {
  std::cout.flush();
  std::fflush(nullptr);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  std::exit(status);
#else
  ::_exit(status);
#endif
}

}  // namespace waydiff::cli
