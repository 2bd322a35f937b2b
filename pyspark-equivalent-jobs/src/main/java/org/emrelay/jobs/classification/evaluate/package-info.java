@NullMarked
package org.emrelay.jobs.classification.evaluate;

import org.jspecify.annotations.NullMarked;
