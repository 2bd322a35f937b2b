@NullMarked
package org.emrelay.jobs.learning;

import org.jspecify.annotations.NullMarked;
