/** The actions on streams, on whatever platform. */
@NullMarked
package org.emrelay.runner.service.stream;

import org.jspecify.annotations.NullMarked;
