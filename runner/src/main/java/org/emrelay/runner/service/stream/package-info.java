/** The actions on streams, on any platform. */
@NullMarked
package org.emrelay.runner.service.stream;

import org.jspecify.annotations.NullMarked;
