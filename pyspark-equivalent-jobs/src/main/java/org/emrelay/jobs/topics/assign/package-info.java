/** Assigns the topics of a saved model to new posts. */
@NullMarked
package org.emrelay.jobs.topics.assign;

import org.jspecify.annotations.NullMarked;
