/* Security keys: asks the browser what the page was told to ask (data-key-ask), writes its answer into the
   form's hidden field and sends the form. Without script the page offers codes instead. */
(function () {
  "use strict";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (byte) { plain += String.fromCharCode(byte); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function question(form) {
    var asked = JSON.parse(form.dataset.keyAsk);
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    ["excludeCredentials", "allowCredentials"].forEach(function (list) {
      (asked[list] || []).forEach(function (known) { known.id = bytes(known.id); });
    });
    return asked;
  }

  function answer(found) {
    var told = { id: found.id, rawId: text(found.rawId), type: found.type, response: {} };
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (found.response[part]) told.response[part] = text(found.response[part]);
    });
    told.clientExtensionResults = {};
    return JSON.stringify(told);
  }

  function ask(form) {
    var adding = form.dataset.keyKind === "create";
    var asked = { publicKey: question(form) };
    return adding ? navigator.credentials.create(asked) : navigator.credentials.get(asked);
  }

  function begin(button) {
    var form = button.form;
    var failed = form.querySelector("[data-key-failed]");
    if (form.dataset.keyKind === "create" && !form.reportValidity()) return;
    failed.hidden = true;
    button.disabled = true;
    ask(form).then(
      function (found) {
        form.querySelector("[data-key-answer] input").value = answer(found);
        form.submit();
      },
      function () {
        button.disabled = false;
        failed.hidden = false;
        failed.focus();
      }
    );
  }

  document.addEventListener("DOMContentLoaded", function () {
    if (!window.PublicKeyCredential) return;
    document.querySelectorAll("[data-key-press]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { begin(button); });
    });
  });
})();
