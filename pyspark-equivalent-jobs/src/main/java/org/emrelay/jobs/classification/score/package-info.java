@NullMarked
package org.emrelay.jobs.classification.score;

import org.jspecify.annotations.NullMarked;
