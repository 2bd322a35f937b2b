@NullMarked
package org.emrelay.jobs.random;

import org.jspecify.annotations.NullMarked;
