@NullMarked
package org.emrelay.jobs.classification.train;

import org.jspecify.annotations.NullMarked;
