"use strict";
// What WPS calls of the ribbon: one function for all buttons, and one for their pictures.

/** @param {WpsControl} control */
function actionOf(control) {
  return control.Id.slice(LAYOUT.button.length);
}

window.ribbon = {
  OnAddinLoad: () => true,
  /** @param {WpsControl} control */
  OnAction: (control) => {
    run(actionOf(control));
    return true;
  },
  /** @param {WpsControl} control */
  GetImage: (control) => `icons/${actionOf(control)}.svg`,
};
