/** Helplines that came with the script: there before consent, offline and on error. */
import { useState } from "preact/hooks";
import { baked, type Country, type Line } from "../baked";
import { useUi } from "./ui";

const STALE_DAYS = 365;

export function Help() {
  const { t, options } = useUi();
  const [code, setCode] = useState(options.country);
  const country = baked.countries.find((one) => one.code === code);
  return (
    <div class="help">
      <p class="help-danger">{t("help_danger")}</p>
      <label class="field-label">
        {t("help_country")}
        <select value={country ? code : ""} onChange={(event) => setCode(event.currentTarget.value)}>
          <option value="">{t("help_anywhere")}</option>
          {baked.countries.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {country ? <Lines country={country} /> : <Anywhere />}
      {(options.contact || options.hours) && (
        <div class="line">
          <strong>{t("help_people", { service: options.service })}</strong>
          <p>
            {options.contact && `${t("help_hand_over")} ${options.contact}`}
            {options.contact && options.hours && ", "}
            {options.hours && t("help_hours", { hours: options.hours })}
          </p>
        </div>
      )}
    </div>
  );
}

function Lines({ country }: { country: Country }) {
  const { t } = useUi();
  return (
    <ul class="lines">
      {country.emergency.map((number) => (
        <li class="line emergency" key={number}>
          <strong>{t("help_emergency")}</strong> <Call number={number} />
        </li>
      ))}
      {country.lines.map((line) => (
        <OneLine line={line} key={line.name} />
      ))}
      {!country.lines.length && (
        <li class="line">
          {t("help_none")} <Directory />
        </li>
      )}
    </ul>
  );
}

function OneLine({ line }: { line: Line }) {
  const { t } = useUi();
  const old = line.checked && Date.now() - Date.parse(line.checked) > STALE_DAYS * 86400000;
  const notes = [
    line.hours && t("help_hours", { hours: line.hours }),
    line.free && t("help_free"),
    line.unbilled && t("help_bill"),
    line.checked && t(old ? "help_old" : "help_checked", { day: line.checked }),
  ];
  return (
    <li class="line">
      <strong>
        {line.name}
        {line.who && <span class="who"> ({line.who})</span>}
      </strong>
      <span class="ways">
        {line.phone && <Call number={line.phone} />}
        {line.text && <span class="way">{line.text}</span>}
        {line.chat && (
          <a class="way" href={line.url ?? `https://${line.chat}/`} target="_blank" rel="noopener noreferrer">
            {t("help_chat", { address: line.chat })}
          </a>
        )}
      </span>
      <small>{notes.filter(Boolean).join(", ")}</small>
    </li>
  );
}

/** A number as a link that a telephone can dial. */
function Call({ number }: { number: string }) {
  const { t } = useUi();
  return (
    <a class="way call" href={`tel:${number.replace(/[^\d+*#]/g, "")}`}>
      {t("help_call", { number })}
    </a>
  );
}

function Directory() {
  const { t } = useUi();
  return (
    <a href="https://findahelpline.com/" target="_blank" rel="noopener noreferrer">
      {t("help_directory")}
    </a>
  );
}

/** No country is known: the static help, without its first lines about a fault of ours. */
function Anywhere() {
  const few = ["GB", "IE", "US", "CA", "AU", "NZ", "IN"];
  return (
    <ul class="lines">
      {baked.countries
        .filter((country) => few.includes(country.code))
        .sort((a, b) => few.indexOf(a.code) - few.indexOf(b.code))
        .map((country) => {
          const line = country.lines.find((one) => one.phone);
          return (
            <li class="line short" key={country.code}>
              <strong>{country.name}</strong>
              <span class="ways">
                <Call number={country.emergency[0] ?? ""} />
                {line?.phone && (
                  <span>
                    {line.name} <Call number={line.phone} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      <li class="line">
        <Directory />
      </li>
    </ul>
  );
}
