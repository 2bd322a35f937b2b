@NullMarked
package org.emrelay.jobs.classification.models;

import org.jspecify.annotations.NullMarked;
