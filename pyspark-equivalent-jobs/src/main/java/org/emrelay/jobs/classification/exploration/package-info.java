@NullMarked
package org.emrelay.jobs.classification.exploration;

import org.jspecify.annotations.NullMarked;
